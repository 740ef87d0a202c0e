/** `2017-00042`. */
export function certificateNumber({ year, serial }: { readonly year: number; readonly serial: number }): string {
  return `${year}-${String(serial).padStart(5, '0')}`;
}

/** 张三 as 张*, 欧阳小明 as 欧***: enough to compare with a paper in hand. */
export function maskedName(name: string): string {
  const signs = [...name];
  return `${signs[0] ?? ''}${'*'.repeat(Math.max(1, signs.length - 1))}`;
}
