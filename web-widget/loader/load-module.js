// Fetches one of the widget's modules by its address and its hash: a file that is not the one this was built with is
// refused by the browser. `import()` alone asks for no hash, so the file is preloaded with one first.

/** @typedef {Record<string, [hash: string, integrity: string]>} Files */

/** How often a file has failed: a browser may keep a failed module for ever, under the same address.
 * @type {Record<string, number>} */
const failed = {};

/** @param {Files} files what the one who asks was built with @param {string} base with a slash at its end
 * @param {string} name @returns {Promise<any>} */
export async function loadModule(files, base, name) {
  const [hash, integrity] = files[name];
  const href = `${base}w/${hash}/${name}${failed[name] ? `?${failed[name]}` : ''}`;
  const link = document.createElement('link');
  // A page may have a Promise of its own, of which only `then` is to be relied on.
  try {
    if (link.relList.supports('modulepreload'))
      await new Promise((resolve, reject) => {
        Object.assign(link, { rel: 'modulepreload', crossOrigin: '', integrity, href, onload: resolve, onerror: reject });
        document.head.append(link);
      });
    return await import(href);
  } catch (error) {
    failed[name] = (failed[name] || 0) + 1;
    throw error;
  } finally {
    link.remove();
  }
}
