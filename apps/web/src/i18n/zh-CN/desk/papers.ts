export default {
  variant: '卷别',
  variantOf: '{one} 卷',
  variantHint: 'B、C、D 卷题目与 A 卷相同，题序和选项顺序不同，每次生成都一样。',
  kind: { paper: '试卷', key: '参考答案', sheet: '答题卡' },
  does: {
    paper: '按部分列出试题和分值，供印发。',
    key: '与所选卷别题序一致的答案和解析，阅卷用，请妥善保管。',
    sheet: '与所选卷别对应的作答纸，可印在单独的纸上。',
  },
  format: { pdf: 'PDF', docx: 'Word' },
  make: '{format}（{variant} 卷{kind}）',
  making: '正在生成文件',
  recorded: '生成试卷文件会记入审计日志。',
};
