// Words that would run as a script somewhere, were they ever read as markup, as an address or as code. Each calls
// xss() of the page, which a test exposes, or opens a dialog, which it watches for.

const TAGS_WITH_HANDLERS = [
  '<img src=x onerror=CODE>', '<img src=x onerror="CODE">', "<img src=x onerror='CODE'>", '<img/src=x/onerror=CODE>',
  '<IMG SRC=x ONERROR=CODE>', '<img src onerror=CODE>', '<img src=`x` onerror=CODE>', '<img\tsrc=x\tonerror=CODE>',
  '<img\nsrc=x\nonerror=CODE>', '<img src=x onerror=CODE//', '<img srcset=x onerror=CODE>', '<image src=x onerror=CODE>',
  '<picture><source srcset=x><img onerror=CODE></picture>', '<svg onload=CODE>', '<svg/onload=CODE>', '<SvG oNlOaD=CODE>',
  '<svg><animate onbegin=CODE attributeName=x dur=1s>', '<svg><set onbegin=CODE attributeName=x>', '<svg><image href=x onerror=CODE>',
  '<svg><g onload=CODE></g></svg>', '<svg><script>CODE</script></svg>', '<svg><script href="data:,CODE"/></svg>',
  '<svg><use href="data:image/svg+xml,<svg id=x onload=CODE>#x"/></svg>', '<svg><foreignObject><img src=x onerror=CODE></foreignObject></svg>',
  '<math><mtext><img src=x onerror=CODE></mtext></math>', '<math><maction actiontype=statusline xlink:href="javascript:CODE">x</maction></math>',
  '<body onload=CODE>', '<body onpageshow=CODE>', '<body onfocus=CODE autofocus tabindex=1>', '<frameset onload=CODE>',
  '<iframe onload=CODE>', '<iframe src="javascript:CODE">', '<iframe srcdoc="<script>parent.CODE</script>">',
  '<iframe srcdoc="&lt;img src=x onerror=parent.CODE&gt;">', '<object data="javascript:CODE">', '<object onerror=CODE data=x>',
  '<object data="data:text/html,<script>parent.CODE</script>">', '<embed src="javascript:CODE">', '<embed onload=CODE src=x>',
  '<video src=x onerror=CODE>', '<video><source onerror=CODE></video>', '<video onloadstart=CODE src=x>', '<audio src=x onerror=CODE>',
  '<audio onloadstart=CODE src=x>', '<input autofocus onfocus=CODE>', '<input onblur=CODE autofocus><input autofocus>',
  '<input type=image src=x onerror=CODE>', '<textarea autofocus onfocus=CODE>', '<select autofocus onfocus=CODE>', '<button autofocus onfocus=CODE>',
  '<keygen autofocus onfocus=CODE>', '<details open ontoggle=CODE>', '<details/open/ontoggle=CODE>', '<dialog open onclose=CODE>',
  '<marquee onstart=CODE>', '<marquee loop=1 onfinish=CODE>x</marquee>', '<style onload=CODE></style>', '<link rel=stylesheet href=data:, onload=CODE>',
  '<link rel=import href="data:text/html,<script>CODE</script>">', '<script>CODE</script>', '<SCRIPT>CODE</SCRIPT>', '<script >CODE</script >',
  '<script\n>CODE</script\n>', '<script/x>CODE</script>', '<script src="data:text/javascript,CODE"></script>', '<scr<script>ipt>CODE</scr</script>ipt>',
  '<script type=module>CODE</script>', '<script>CODE', '<<script>CODE//<</script>', '<noscript><p title="</noscript><img src=x onerror=CODE>">',
  '<template><script>CODE</script></template>', '<template shadowrootmode=open><img src=x onerror=CODE></template>', '<slot onslotchange=CODE>x</slot>',
  '<div onpointerover=CODE>passa qui</div>', '<a onmouseover=CODE>passa qui</a>', '<p onfocusin=CODE tabindex=0 autofocus>x</p>',
  '<x onclick=CODE tabindex=1 id=x>premi</x>', '<form onsubmit=CODE><button>invia</button></form>', '<form><button formaction="javascript:CODE">invia</button></form>',
  '<form action="javascript:CODE"><input type=submit></form>', '<isindex action="javascript:CODE" type=submit>', '<base href="javascript:CODE//">',
  '<meta http-equiv=refresh content="0;url=javascript:CODE">', '<meta http-equiv=refresh content="0;url=data:text/html,<script>CODE</script>">',
  '<meta http-equiv=Content-Security-Policy content="default-src *"><script>CODE</script>', '<div style="background:url(javascript:CODE)">',
  '<div style="width:expression(CODE)">', '<xml onreadystatechange=CODE>', '<bgsound src="javascript:CODE">', '<layer src="javascript:CODE">',
  '<table background="javascript:CODE">', '<td background="javascript:CODE">', '<div onanimationstart=CODE style="animation:breathe 1s">x</div>',
  '<div ontransitionend=CODE style="transition:all 1s">x</div>', '<progress onfocus=CODE tabindex=0 autofocus>', '<custom-element onconnected=CODE>',
  '<sportello-chat onload=CODE></sportello-chat>', '<portal src="javascript:CODE">', '<fencedframe onload=CODE>', '<search onfocus=CODE tabindex=0 autofocus>',
  '<video poster="javascript:CODE">', '<img lowsrc="javascript:CODE">', '<input type=hidden oncontentvisibilityautostatechange=CODE style=content-visibility:auto>',
  '<div popover id=p onbeforetoggle=CODE>x</div><button popovertarget=p>x</button>', '<body onhashchange=CODE><a href=#x>x</a>',
  '<div contenteditable oninput=CODE>x</div>', '<a href="javascript:CODE" autofocus onfocus=CODE>x</a>', '<style>@import "javascript:CODE";</style>',
];

const BREAKING_OUT = [
  '"><img src=x onerror=CODE>', "'><img src=x onerror=CODE>", '`><img src=x onerror=CODE>', '</title><script>CODE</script>', '</textarea><script>CODE</script>',
  '</style><script>CODE</script>', '</script><script>CODE</script>', '--><script>CODE</script>', ']]><script>CODE</script>', '</noscript><script>CODE</script>',
  '" onmouseover=CODE x="', "' onfocus=CODE autofocus x='", '" autofocus onfocus=CODE tabindex=1 "', '" style="animation-name:breathe" onanimationstart="CODE',
  "';CODE;//", '";CODE;//', '`;CODE;//', '${CODE}', '{{CODE}}', '{{constructor.constructor("CODE")()}}', '<%= CODE %>', '#{CODE}', '[[CODE]]',
  '*/CODE/*', '\\";CODE//', "\\';CODE//", '\u2028CODE\u2029', '%22%3E%3Cscript%3ECODE%3C/script%3E', '&lt;script&gt;CODE&lt;/script&gt;',
  '&#60;img src=x onerror=CODE&#62;', '&#x3c;svg onload=CODE&#x3e;', '\\u003cimg src=x onerror=CODE\\u003e', '\\x3cscript\\x3eCODE\\x3c/script\\x3e',
  '+ADw-script+AD4-CODE+ADw-/script+AD4-', '\ufeff<script>CODE</script>', '\u200b<img src=x onerror=CODE>', '<\u0000script>CODE</script>'.replaceAll('\u0000', '\ufffd'),
  '＜script＞CODE＜/script＞', '<ſcript>CODE</ſcript>', '<img src=x onerror=\u0058ss(1)>', '{"type":"close","ticket":1} CODE', '__proto__ CODE',
  'constructor[prototype] CODE', 'data-x=1 onload=CODE', '![x](x"onerror="CODE)', '[premi](javascript:CODE)', '[premi]( javascript:CODE)',
  '<javascript:CODE>', '[x]: javascript:CODE', '`<script>CODE</script>`', '```\n<script>CODE</script>\n```', '<!--<img src="--><img src=x onerror=CODE//">',
  '<![CDATA[<script>CODE</script>]]>', '<?xml version="1.0"?><script>CODE</script>', '<!DOCTYPE x [<!ENTITY y "CODE">]>&y;', '<math><!--</math><img src=x onerror=CODE>-->',
  '<svg></p><style><a id="</style><img src=x onerror=CODE>">', '<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=CODE>',
  '<a href="x" target="_self" ping="javascript:CODE">x</a>', '<img usemap=#m><map name=m><area shape=default href="javascript:CODE"></map>',
];

const SCHEMES = [
  'javascript:CODE', 'JaVaScRiPt:CODE', ' javascript:CODE', '\tjavascript:CODE', 'java\tscript:CODE', 'java\nscript:CODE', 'java\rscript:CODE',
  'javascript\t:CODE', 'javascript&colon;CODE', '&#106;avascript:CODE', '\u0001javascript:CODE'.replace('\u0001', '\u00a0'), 'javascript://x%0aCODE',
  'javascript:/*x*/CODE', "javascript:'x';CODE", 'vbscript:CODE', 'livescript:CODE', 'data:text/html,<script>CODE</script>',
  'data:text/html;base64,PHNjcmlwdD54c3MoMSk8L3NjcmlwdD4=', 'data:image/svg+xml,<svg onload=CODE>', 'data:text/javascript,CODE', 'blob:CODE',
  'filesystem:CODE', 'view-source:javascript:CODE', 'feed:javascript:CODE', 'jar:javascript:CODE', 'about:blank#CODE', 'file:///CODE',
  'https://olmo.example/" onmouseover="CODE', "https://olmo.example/' onmouseover='CODE", 'https://olmo.example/"><img src=x onerror=CODE>',
  'https://olmo.example/?q=<script>CODE</script>', 'mailto:a@b.it"onmouseover="CODE', 'tel:+39"onmouseover="CODE', '//evil.example/CODE',
  '\\\\evil.example\\CODE', 'https:javascript:CODE', 'http://javascript:CODE@x/', 'x:expression(CODE)', 'mhtml:javascript:CODE', 'https://x/#javascript:CODE',
];

const CALLS = ['xss(1)', 'alert(1)'];

/** All of them, no two alike; what runs is the exposed function, or in every fifth a dialog. */
export const PAYLOADS = [...new Set([...TAGS_WITH_HANDLERS, ...BREAKING_OUT, ...SCHEMES]
  .map((text, i) => text.replaceAll('CODE', CALLS[i % 5 === 4 ? 1 : 0])))];
