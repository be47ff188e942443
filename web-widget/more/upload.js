// One file on its way to the server: a line of JSON and the bytes, with progress. XMLHttpRequest, because fetch does
// not tell how much has gone out.

/**
 * @param {object} given
 * @param {string} given.url
 * @param {Record<string, string>} given.head
 * @param {Blob} given.file
 * @param {(share: number) => void} given.progress 0 to 1
 * @param {(block: import('../talk/protocol.js').Block) => void} given.done
 * @param {(code: string) => void} given.failed '' = nothing came back
 * @returns {() => void} breaks it off; nothing is told then
 */
export function upload({ url, head, file, progress, done, failed }) {
  const request = new XMLHttpRequest();
  request.open('POST', url);
  // Bytes of ours: neither the page's cookies nor its language are anybody's business.
  request.setRequestHeader('Content-Type', 'application/octet-stream');
  request.upload.onprogress = ({ loaded, total }) => progress(total > 0 ? loaded / total : 0);
  request.onload = () => {
    let answer;
    try {
      answer = JSON.parse(request.responseText);
    } catch {
      answer = null;
    }
    if (request.status < 300 && answer?.id) done({ type: 'file', ...answer });
    else failed(answer?.code ?? '');
  };
  request.onerror = () => failed('');
  request.send(new Blob([`${JSON.stringify(head)}\n`, file]));
  return () => {
    request.onload = request.onerror = request.upload.onprogress = null;
    request.abort();
  };
}
