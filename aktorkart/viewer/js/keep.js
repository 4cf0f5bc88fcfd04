// Saving to whoever has served the page: nothing that somebody else has written is overwritten.

import {data} from "./dom.js";

export const keep = data.keep ?? null;
let tag = keep?.tag;

// Return whether it is saved, or else why not, with what is wrong in the map.
export async function put(written) {
  const headers = {Authorization: `Bearer ${keep.token}`, "If-Match": tag, "Content-Type": "application/json"};
  let answer;
  try {
    answer = await fetch(keep.url, {method: "PUT", headers, body: written});
  } catch {
    return {why: "away"};
  }
  if (answer.ok) {
    tag = answer.headers.get("ETag") ?? tag;
    return {saved: true};
  }
  if (answer.status === 412) return {why: "changed"};
  if (answer.status !== 422) return {why: "refused"};
  const found = await answer.json().catch(() => ({}));
  return {why: "wrong", problems: found.problems ?? []};
}
