/** Sums over the first `count` rows of columns of one block. */

import { bytesOf, type RoomColumn, type RowRoom, wholeTurns } from './rowRoom.ts';

/** Of what stands in no whole turn of a loop: the last rows of the last block. */
function remainder(count: number, term: (i: number) => number): number {
  let sum = 0;
  for (let i = wholeTurns(count); i < count; i++) sum += term(i);
  return sum;
}

export function sumOf({ loops }: RowRoom, a: RoomColumn, count: number): number {
  const whole = wholeTurns(count);
  const main = whole === 0 ? 0 : loops.sum(a.address, bytesOf(whole));
  return whole === count ? main : main + remainder(count, (i) => a.values[i]);
}

export function dot({ loops }: RowRoom, a: RoomColumn, b: RoomColumn, count: number): number {
  const whole = wholeTurns(count);
  const main = whole === 0 ? 0 : loops.dot(a.address, b.address, bytesOf(whole));
  return whole === count ? main : main + remainder(count, (i) => a.values[i] * b.values[i]);
}

/** Σ a · (shift + slope · b). */
export function affineDot(
  { loops }: RowRoom,
  a: RoomColumn,
  b: RoomColumn,
  shift: number,
  slope: number,
  count: number,
): number {
  const whole = wholeTurns(count);
  const main = whole === 0 ? 0 : loops.affineDot(a.address, b.address, bytesOf(whole), slope, shift);
  if (whole === count) return main;
  return main + remainder(count, (i) => a.values[i] * (shift + slope * b.values[i]));
}

/** Σ weights · a; Σ a without weights. */
export function totalOf(
  room: RowRoom,
  a: RoomColumn,
  weights: RoomColumn | undefined,
  count: number,
): number {
  return weights === undefined ? sumOf(room, a, count) : dot(room, weights, a, count);
}

/** target = a − value; gives the sum of it. */
export function centre(
  { loops }: RowRoom,
  a: RoomColumn,
  value: number,
  target: RoomColumn,
  count: number,
): number {
  const whole = wholeTurns(count);
  const main = whole === 0 ? 0 : loops.centre(target.address, a.address, bytesOf(whole), value);
  if (whole === count) return main;
  return main + remainder(count, (i) => (target.values[i] = a.values[i] - value));
}

/** target = a − value, and weighed = weights · target; gives the sum of the latter. */
export function centreAndWeigh(
  { loops }: RowRoom,
  a: RoomColumn,
  value: number,
  target: RoomColumn,
  weights: RoomColumn,
  weighed: RoomColumn,
  count: number,
): number {
  const whole = wholeTurns(count);
  const main =
    whole === 0
      ? 0
      : loops.centreAndWeigh(
          target.address,
          weighed.address,
          a.address,
          weights.address,
          bytesOf(whole),
          value,
        );
  if (whole === count) return main;
  return (
    main +
    remainder(count, (i) => {
      target.values[i] = a.values[i] - value;
      weighed.values[i] = weights.values[i] * target.values[i];
      return weighed.values[i];
    })
  );
}
