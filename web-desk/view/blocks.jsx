// The typed blocks of a message as elements. Nothing is ever read as HTML; an unknown block shows its words.

import { useState } from 'preact/hooks';
import { fileHref, sizeText } from '../files.js';
import { safeHref } from '../format.js';
import { useDesk } from './context.jsx';

/** @import {Block} from '../protocol.js' */
/** @import {ComponentChildren, JSX} from 'preact' */

/** Content nests at most so deep: the frame's own limit is tighter. */
const DEPTH = 12;

/** @type {Record<string, (block: Block, inside: ComponentChildren) => JSX.Element|string>} */
const ELEMENTS = {
  paragraph: (_, inside) => <p>{inside}</p>,
  // Headings of an answer are no headings of this page.
  heading: (_, inside) => <p class="heading">{inside}</p>,
  list: (block, inside) => (block.ordered ? <ol>{inside}</ol> : <ul>{inside}</ul>),
  item: (_, inside) => <li>{inside}</li>,
  quote: (_, inside) => <blockquote>{inside}</blockquote>,
  code_lines: (block) => <pre><code>{block.text}</code></pre>,
  rule: () => <hr />,
  text: (block) => block.text ?? '',
  strong: (_, inside) => <strong>{inside}</strong>,
  emphasis: (_, inside) => <em>{inside}</em>,
  code: (block, inside) => <code>{block.text ?? inside}</code>,
  link: (block, inside) => <Link href={block.href}>{inside}</Link>,
  // The page loads nothing from elsewhere: a picture is a link to it.
  image: (block) => <Picture block={block} />,
  break: () => <br />,
  file: (block) => <SentFile block={block} />,
  card: (block, inside) => (
    <div class="said-card">
      <strong>{block.title}</strong>
      {block.src && <Picture block={{ ...block, alt: '' }} />}
      {inside}
    </div>
  ),
};

/** @param {{href: string|undefined, children: ComponentChildren}} props */
function Link({ href, children }) {
  const safe = safeHref(href);
  return safe ? <a href={safe} target="_blank" rel="noopener noreferrer">{children}</a> : <>{children}</>;
}

/** @param {{block: Block}} props */
function Picture({ block }) {
  const { say } = useDesk();
  return <Link href={block.src}>[{block.alt || say('picture')}]</Link>;
}

/** Something that was sent in the chat: it lies at this server. @param {{block: Block}} props */
function SentFile({ block }) {
  const { say } = useDesk();
  const [gone, setGone] = useState(false);
  const href = fileHref(block);
  const name = block.name ?? '';
  if (!href) return <span>[{name}]</span>;
  const size = sizeText(block.size ?? 0);
  const picture = /^image\//.test(block.media ?? '') && !gone;
  return (
    <a class={picture ? 'sent-file picture' : 'sent-file'} href={href} target="_blank" rel="noopener noreferrer"
      title={gone ? say('file_gone') : undefined}>
      {picture
        ? <img src={href} alt={name} loading="lazy" width={block.width} height={block.height} onError={() => setGone(true)} />
        : <><span class="file-name" dir="auto">{name}</span> <span class="muted small">{gone ? say('file_gone') : size}</span></>}
    </a>
  );
}

/** @param {{blocks: Block[], depth?: number}} props */
export function Blocks({ blocks, depth = 0 }) {
  if (depth > DEPTH) return null;
  return (
    <>
      {blocks.map((block, i) => {
        const inside = block.children ? <Blocks blocks={block.children} depth={depth + 1} /> : block.text;
        const element = Object.hasOwn(ELEMENTS, block.type) ? ELEMENTS[block.type] : undefined;
        return element ? <Keyed key={i}>{element(block, inside)}</Keyed> : <Keyed key={i}>{inside}</Keyed>;
      })}
    </>
  );
}

/** @param {{children?: ComponentChildren}} props */
const Keyed = ({ children }) => <>{children}</>;
