// Saving to whoever has served the page: nothing that somebody else has written is overwritten.

import {data} from "./dom.js";

export const keep = data.keep ?? null;
let tag = keep?.tag;

// Return whether it is saved, or else why not, and what the program says of it.
export async function put(written) {
  const headers = {Authorization: `Bearer ${keep.token}`, "If-Match": tag, "Content-Type": "application/json"};
  let answer;
  try {
    answer = await fetch(keep.url, {method: "PUT", headers, body: written});
  } catch {
    return {why: "away"};
  }
  const {problems = []} = await answer.json().catch(() => ({}));
  if (!answer.ok) return {why: answer.status === 412 ? "changed" : "refused", problems};
  tag = answer.headers.get("ETag") ?? tag;
  return {saved: true, problems};
}
