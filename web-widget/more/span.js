// Which of a conversation's events stand in the page: those from `first` on, before `last`. Pure numbers.
//
// However long a conversation is, only its newest page is shown; older pages come when the reader gets there. And however
// much there is to show, it comes a slice at a time, so that a slow telephone is never kept from what its owner does:
// `follow` looks at what has come, `grow` goes on with what is wanted; each of them adds one slice at most.

/** How many events are shown at first, and how many are wanted when the reader gets to the oldest. */
export const PAGE = 50;
/** How many are added at once. */
export const SLICE = 8;

export function createSpan() {
  /** The first event that is wanted. */
  let goal = 0;
  const span = {
    first: 0,
    last: 0,
    /** Is there more to come, of what is wanted of so many events? @param {number} length */
    wants: (length) => span.first > goal || span.last < length,
    /** There are so many events. @param {number} length @param {boolean} ended the reader is at the end: there is no need of what
     * is far above; whoever reads up there keeps it */
    follow(length, ended) {
      const { first, last } = span;
      if (length < last || (ended && length - last > PAGE) || last === 0) {
        // The newest first: what comes before them grows upwards.
        span.last = length;
        span.first = Math.max(0, length - SLICE);
        goal = Math.max(0, length - PAGE);
        return;
      }
      span.last = Math.min(length, last + SLICE);
      if (ended && span.last - first > 2 * PAGE) span.first = goal = span.last - PAGE;
    },
    /** The next slice upwards. */
    grow() {
      span.first = Math.max(goal, span.first - SLICE);
    },
    /** The reader gets to the oldest. False: there is none, or they are coming already. */
    older() {
      if (!span.first || span.first > goal) return false;
      goal = Math.max(0, span.first - PAGE);
      return true;
    },
  };
  return span;
}
