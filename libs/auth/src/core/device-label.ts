const browsers: readonly (readonly [RegExp, string])[] = [
  [/wxwork|MicroMessenger/i, '微信'],
  [/DingTalk/i, '钉钉'],
  [/Edg(?:e|A|iOS)?\//, 'Edge'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];
const systems: readonly (readonly [RegExp, string])[] = [
  [/HarmonyOS|OpenHarmony/i, '鸿蒙'],
  [/Android/i, 'Android'],
  [/iPhone|iPad|iPod/, 'iOS'],
  [/Windows/i, 'Windows'],
  [/Mac OS X/i, 'macOS'],
  [/Linux|UOS|Kylin/i, 'Linux'],
];

/** What a person recognises a device by, such as `Chrome · Windows`; never the raw header. */
export function deviceLabel(userAgent: string | undefined): string {
  const named = (names: typeof browsers): string | undefined => names.find(([like]) => like.test(userAgent ?? ''))?.[1];
  return [named(browsers) ?? '未知浏览器', named(systems) ?? '未知设备'].join(' · ');
}
