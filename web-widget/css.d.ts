/** The build gives an imported style sheet as its minified text: see install/build-web.mjs. */
declare module '*.css' {
  const text: string;
  export default text;
}
