// The library ships its words without types.
declare module 'echarts/i18n/langEN-obj.js' {
  import type { registerLocale } from 'echarts/core';

  const words: Parameters<typeof registerLocale>[1];
  export { words as default };
}

declare module 'echarts/i18n/langRU-obj.js' {
  import type { registerLocale } from 'echarts/core';

  const words: Parameters<typeof registerLocale>[1];
  export { words as default };
}
