"""All shortest paths from one actor to another, and what share of them passes whom.

A search from either end, each as far as it must go (Pohl 1971), the one first that has looked at
fewer ties (Borassi & Natale 2016): a pair on a map of a million actors costs some thousand ties.
Lengths are integers (see `aktorkart.network`), so equal paths are equal.

To count every path once, it is cut where it leaves those nearer to the source than some distance
that the search has passed: before the cut its beginnings are counted from the source, after it
its ends from the target. Where both searches have come to the same actor in the middle, the cut
goes through it, and however many ties it has, none of them is looked at.
"""

from __future__ import annotations

from heapq import heappop, heappush
from typing import Any

FAR = 1 << 62
"""A distance longer than any path, as in `aktorkart.network.paths`."""


def pair_kernel(  # noqa: C901, PLR0912, PLR0913, PLR0915, PLR0917 - as paths.kernel
    starts: Any,
    heads: Any,
    lengths: Any,
    back_starts: Any,
    back_heads: Any,
    back_lengths: Any,
    pairs: Any,
    tolerance: int,
    distance: Any,
    counts: Any,
    settled: Any,
    latest: Any,
    share: Any,
    total: Any,
    square: Any,
) -> int:
    """Add each pair's shares, and their squares; return how many pairs have a path.

    ``pairs`` are source and target by turns. ``distance``, ``counts``, ``settled``, ``latest`` (of
    the ties that led there) and ``share`` have two places for each actor: from the source, and to
    the target. Where there are more paths than can be counted, what is returned is negative.
    """
    linked = 0
    for draw in range(0, len(pairs), 2):
        source = pairs[draw] + 0
        target = pairs[draw + 1] + 0
        distance[2 * source] = 0
        distance[2 * target + 1] = 0
        counts[2 * source] = 1.0
        counts[2 * target + 1] = 1.0
        met = [2 * source, 2 * target + 1]
        ahead = [(0, source)]
        behind = [(0, target)]
        cuts = [(FAR, source, target)]
        came = [(0, source)]  # the one before, and from whom
        best = FAR
        looked_ahead = 0
        looked_behind = 0
        while True:
            while len(ahead) > 0 and distance[2 * ahead[0][1]] != ahead[0][0]:
                heappop(ahead)
            while len(behind) > 0 and distance[2 * behind[0][1] + 1] != behind[0][0]:
                heappop(behind)
            # All that is nearer than this is settled. The two ends always are, so that every
            # path has something to be cut between.
            passed_ahead = ahead[0][0] + 0 if len(ahead) > 0 else FAR
            passed_behind = behind[0][0] + 0 if len(behind) > 0 else FAR
            if passed_ahead > 0 and passed_behind > 0:
                if len(ahead) == 0 or len(behind) == 0:
                    break
                # Rounded distances do not tell who is in the middle: go a step further.
                passed = passed_ahead + passed_behind
                if passed > best + tolerance or (passed == best and tolerance == 0):
                    break
                one = ahead[0][1]
                other = behind[0][1]
                fewer = looked_ahead + starts[one + 1] - starts[one]
                fewer -= looked_behind + back_starts[other + 1] - back_starts[other]
                forward = fewer <= 0
            else:
                forward = passed_ahead == 0
            if forward:
                now, actor = heappop(ahead)
                side = 0
                beyond = passed_behind
                first, last = starts[actor], starts[actor + 1]
                looked_ahead += last - first
            else:
                now, actor = heappop(behind)
                side = 1
                beyond = passed_ahead
                first, last = back_starts[actor], back_starts[actor + 1]
                looked_behind += last - first
            settled[2 * actor + side] = True
            count = counts[2 * actor + side]
            for arc in range(first, last):
                near = (heads[arc] if forward else back_heads[arc]) + 0
                reach = now + (lengths[arc] if forward else back_lengths[arc])
                place = 2 * near + side
                across = 2 * near + 1 - side
                left = distance[across]
                if left < FAR:
                    whole = reach + left
                    best = min(best, whole)
                    if left <= beyond and settled[across]:
                        if whole > best + tolerance:
                            continue
                        # Seen from both ends, of which the later one notes it.
                        if forward:
                            cuts.append((whole, actor, near))
                        else:
                            cuts.append((whole, near, actor))
                    elif reach + beyond > best + tolerance:
                        continue
                elif reach + beyond > best + tolerance:
                    continue
                known = distance[place]
                if reach < known:
                    distance[place] = reach
                    if known == FAR:
                        met.append(place)
                    if forward:
                        heappush(ahead, (reach, near))
                    else:
                        heappush(behind, (reach, near))
                    if reach + tolerance < known:
                        counts[place] = 0.0
                        latest[place] = 0
                if reach <= known + tolerance:
                    counts[place] += count
                    came.append((latest[place] + 0, actor))
                    latest[place] = len(came) - 1

        if best < FAR:
            linked += 1
            border = min(passed_ahead, best)
            middle = [source][:0]
            met_halfway = passed_ahead + passed_behind == best
            if met_halfway:
                for place in met:
                    forward = place % 2 == 0 and distance[place] == border
                    if forward and distance[place + 1] == passed_behind:
                        middle.append(place // 2)
            paths = 0.0
            for actor in middle:
                paths += counts[2 * actor] * counts[2 * actor + 1]
            crossed = [cuts[0]][:0]
            for cut in cuts:
                whole, tail, head = cut
                short = whole <= best + tolerance and distance[2 * head + 1] < passed_behind
                if short and distance[2 * tail] < border <= distance[2 * head]:
                    crossed.append(cut)
                    paths += counts[2 * tail] * counts[2 * head + 1]
            if not paths < float("inf"):  # nor a number
                return -1
            before = [(0, source)]
            after = [(0, target)]
            for actor in middle:
                part = counts[2 * actor] * counts[2 * actor + 1] / paths
                share[2 * actor] = part
                share[2 * actor + 1] = part
                heappush(before, (-distance[2 * actor], actor))
                heappush(after, (-distance[2 * actor + 1], actor))
            for _, tail, head in crossed:
                part = counts[2 * tail] * counts[2 * head + 1] / paths
                if share[2 * tail] == 0.0:
                    heappush(before, (-distance[2 * tail], tail))
                share[2 * tail] += part
                if share[2 * head + 1] == 0.0:
                    heappush(after, (-distance[2 * head + 1], head))
                share[2 * head + 1] += part
            # Back from the cut to either end, the furthest first.
            for side in range(2):
                waiting = before if side == 0 else after
                while len(waiting) > 0:
                    _, actor = heappop(waiting)
                    place = 2 * actor + side
                    part = share[place] + 0.0
                    share[place] = 0.0
                    if actor in (source, target):
                        continue
                    # Those in the middle come from both sides, and count once.
                    if side == 0 or not met_halfway or distance[2 * actor] != border:
                        total[actor] += part
                        square[actor] += part * part
                    part /= counts[place]
                    entry = latest[place] + 0
                    while entry > 0:
                        entry, near = came[entry]
                        if share[2 * near + side] == 0.0:
                            heappush(waiting, (-distance[2 * near + side], near))
                        share[2 * near + side] += part * counts[2 * near + side]
        for place in met:
            distance[place] = FAR
            settled[place] = False
            latest[place] = 0
    return linked
