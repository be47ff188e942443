// Fetches one of the widget's modules by its address and its hash: a file that is not the one this was built with is
// refused by the browser. `import()` alone asks for no hash, so the file is preloaded with one first.

/** Where the script came from, with a slash at its end. It may be asked for by its stable address or by its hash
 * (w/HASH/sportello.js): the server is above both. */
export const base = import.meta.url.replace(/(w\/\w{16}\/)?sportello\.js.*/, '');

/** @param {WidgetFile} file its address gets longer with each failure: a browser may keep a failed module
 * for ever, under the same one @returns {Promise<any>} */
export async function loadModule(file) {
  const href = base + file[0];
  const link = document.createElement('link');
  // A page may have a Promise of its own, of which only `then` is to be relied on.
  try {
    if (link.relList.supports('modulepreload'))
      await new Promise((onload, onerror) => {
        Object.assign(link, { rel: 'modulepreload', crossOrigin: '', integrity: file[1], href, onload, onerror });
        document.head.append(link);
      });
    return await import(href);
  } catch (error) {
    file[0] += '?';
    throw error;
  } finally {
    link.remove();
  }
}
