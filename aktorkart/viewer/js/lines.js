// Lines of ties as the figures draw them: in millimetres of the page, from middle to middle.

const CURVE = 16;

const ways = (spots) => {
  let along = 0;
  return spots.map(([x, y], at) => (along += at ? Math.hypot(x - spots[at - 1][0], y - spots[at - 1][1]) : 0));
};

function at(spots, along, far) {
  const next = Math.max(1, along.findIndex((one) => one >= far - 1e-9));
  const share = (far - along[next - 1]) / (along[next] - along[next - 1] || 1);
  return [0, 1].map((axis) => spots[next - 1][axis] + share * (spots[next][axis] - spots[next - 1][axis]));
}

export function lane([x, y], [endX, endY], bulge) {
  if (!bulge) return [[x, y], [endX, endY]];
  const long = Math.hypot(endX - x, endY - y) || 1;
  const middle = [(x + endX) / 2 - (2 * bulge * (endY - y)) / long, (y + endY) / 2 + (2 * bulge * (endX - x)) / long];
  return Array.from({length: CURVE + 1}, (_, step) => {
    const t = step / CURVE;
    const [a, b, c] = [(1 - t) ** 2, 2 * t * (1 - t), t ** 2];
    return [a * x + b * middle[0] + c * endX, a * y + b * middle[1] + c * endY];
  });
}

export function trimmed(spots, start, end) {
  const along = ways(spots);
  const total = along.at(-1);
  const [first, last] = start + end < total ? [start, total - end] : [total / 2, total / 2];
  return [at(spots, along, first), ...spots.filter((_, place) => along[place] > first && along[place] < last),
    at(spots, along, last)];
}

function normals(spots) {
  return spots.map((_, place) => {
    const [one, other] = [spots[Math.max(place - 1, 0)], spots[Math.min(place + 1, spots.length - 1)]];
    const [x, y] = [other[0] - one[0], other[1] - one[1]];
    const long = Math.hypot(x, y) || 1;
    return [-y / long, x / long];
  });
}

function beside(spots, far) {
  const aside = normals(spots);
  return spots.map(([x, y], place) => [x + far(place) * aside[place][0], y + far(place) * aside[place][1]]);
}

function jagged(spots) {
  const along = ways(spots);
  const turns = Math.max(2, Math.round(along.at(-1) / 2.2)) * 2;
  const zigzag = Array.from({length: turns + 1}, (_, step) => at(spots, along, (along.at(-1) * step) / turns));
  return beside(zigzag, (step) => (step % turns ? (step % 2 ? 0.7 : -0.7) : 0));
}

function interrupted(spots, rails, bar) {
  const total = ways(spots).at(-1);
  const gap = Math.min(1.5, total / 5);
  const pieces = rails.flatMap((rail) => {
    const long = ways(rail).at(-1);
    return [trimmed(rail, 0, long / 2 + gap), trimmed(rail, long / 2 + gap, 0)];
  });
  const [x, y] = normals([at(spots, ways(spots), total / 2 - gap), at(spots, ways(spots), total / 2 + gap)])[0];
  for (const far of [total / 2 - gap, total / 2 + gap]) {
    const [across, down] = at(spots, ways(spots), far);
    pieces.push([[across - bar * x, down - bar * y], [across + bar * x, down + bar * y]]);
  }
  return pieces;
}

function crosses(spots, arm) {
  const along = ways(spots);
  const count = Math.max(1, Math.min(3, Math.floor(along.at(-1) / 14)));
  return Array.from({length: count}, (_, place) => at(spots, along, (along.at(-1) * (place + 1)) / (count + 1)))
    .flatMap(([x, y]) => [[[x + arm, y + arm], [x - arm, y - arm]], [[x + arm, y - arm], [x - arm, y + arm]]]);
}

// The strokes of a line of some width: `form` is how it works, double what is formal, crossed a conflict.
export function strokes(spots, {double, form, crossed}, width) {
  const far = 0.32 + width / 2;
  const rails = double ? [beside(spots, () => far), beside(spots, () => -far)] : [spots];
  let found = rails;
  if (form === "strained") found = rails.map(jagged);
  if (form === "broken") found = interrupted(spots, rails, 1.3 + width);
  return crossed ? [...found, ...crosses(spots, 1.15 + width / 2)] : found;
}

export function arrowhead(spots, long, wide) {
  const along = ways(spots);
  const tip = spots.at(-1);
  const back = at(spots, along, Math.max(along.at(-1) - long, 0));
  const far = Math.hypot(tip[0] - back[0], tip[1] - back[1]) || 1;
  const [x, y] = [(tip[0] - back[0]) / far, (tip[1] - back[1]) / far];
  const side = (way) => [tip[0] - long * x - (way * wide * y) / 2, tip[1] - long * y + (way * wide * x) / 2];
  return [tip, side(1), [tip[0] - 0.75 * long * x, tip[1] - 0.75 * long * y], side(-1)];
}
