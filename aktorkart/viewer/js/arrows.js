// The arrow keys: which way each goes on the screen, and who is nearest that way.

export const WAYS = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]};

// Of others, pairs of who and where, seen from a place: what is aside counts double.
export function nearest([x, y], here, others) {
  let [best, least] = [null, Infinity];
  for (const [who, place] of others) {
    const [wide, high] = [place[0] - here[0], place[1] - here[1]];
    const along = wide * x + high * y;
    const aside = Math.abs(wide * y) + Math.abs(high * x);
    if (along <= 0.3 * aside || along + 2 * aside >= least) continue;
    [best, least] = [who, along + 2 * aside];
  }
  return best;
}
