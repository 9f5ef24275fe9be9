/** Pixels: the labels of the rows, everything, the part above the rows, one row. */
export const labelWidth = 270;
export const columnsWidth = 920;
export const topHeight = 84;
export const rowHeight = 30;

/** The vertical middle of a row. */
export function rowY(index: number): number {
  return topHeight + rowHeight * index + rowHeight / 2;
}

/** Seconds at both ends of the axis; what is shorter cannot be told from nothing. */
export const axisStart = 0.02;
export const axisEnd = 60;

/** Where so many seconds stand, on a logarithmic axis. */
export function secondsX(seconds: number): number {
  const share = Math.log(seconds / axisStart) / Math.log(axisEnd / axisStart);
  const left = labelWidth + 10;
  return Number((left + (columnsWidth - 30 - left) * Math.min(1, Math.max(0, share))).toFixed(1));
}
