// Small bar charts of the last days. Drawn with attributes only; the table beside them has the same numbers.

import { useDesk } from '../view/context.jsx';
import { spanOf } from './numbers.js';

/** @import {Day} from './live-data.js' */

const HEIGHT = 72;
const STEP = 12;
const PARTS = ['answered', 'offered', 'rephrased', 'passed_on'];

/** @param {{days: Day[], dayName: (day: string) => string}} props */
export function Charts({ days, dayName }) {
  const { say, lang } = useDesk();
  const most = Math.max(1, ...days.map(({ values }) => values.asked ?? 0));
  const longest = Math.max(60_000, ...days.map(({ values }) => values.waited_p90 ?? 0));
  const legend = /** @type {const} */ (['number_answered', 'number_offered', 'number_rephrased', 'number_passed_on']);
  return (
    <div class="live-charts">
      <figure>
        <figcaption>{say('live_chart_asked')} <span class="muted">({say('live_chart_most', { n: most })})</span></figcaption>
        <svg viewBox={`0 0 ${days.length * STEP} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={say('live_chart_asked')}>
          {days.map(({ day, values }, i) => {
            let y = HEIGHT;
            return (
              <g key={day}>
                <title>{`${dayName(day)}: ${values.asked}`}</title>
                {PARTS.map((part) => {
                  const height = ((values[part] ?? 0) / most) * (HEIGHT - 2);
                  y -= height;
                  return <rect key={part} class={`part-${part}`} x={i * STEP + 1} y={y} width={STEP - 2} height={height} />;
                })}
              </g>
            );
          })}
        </svg>
        <p class="live-legend" aria-hidden="true">
          {legend.map((word, i) => <span key={word}><i class={`part-${PARTS[i]}`} />{say(word)}</span>)}
        </p>
      </figure>
      <figure>
        <figcaption>{say('live_chart_waited')} <span class="muted">({say('live_chart_most', { n: spanOf(lang, longest) })})</span></figcaption>
        <svg viewBox={`0 0 ${days.length * STEP} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={say('live_chart_waited')}>
          {days.map(({ day, values }, i) => {
            const [median, p90] = [values.waited_median ?? 0, values.waited_p90 ?? 0].map((ms) => (ms / longest) * (HEIGHT - 2));
            return (
              <g key={day}>
                <title>{`${dayName(day)}: ${spanOf(lang, values.waited_median ?? 0)}, ${spanOf(lang, values.waited_p90 ?? 0)}`}</title>
                <rect class="part-p90" x={i * STEP + 1} y={HEIGHT - p90} width={STEP - 2} height={p90} />
                <rect class="part-median" x={i * STEP + 1} y={HEIGHT - median} width={STEP - 2} height={median} />
              </g>
            );
          })}
        </svg>
        <p class="live-legend" aria-hidden="true">
          <span><i class="part-median" />{say('number_waited_median')}</span>
          <span><i class="part-p90" />{say('number_waited_p90')}</span>
        </p>
      </figure>
    </div>
  );
}
