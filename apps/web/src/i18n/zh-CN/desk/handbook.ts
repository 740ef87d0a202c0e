export default {
  read: '阅读手册',
  coverage: '阅读覆盖率',
  coverageHint: '读过至少一条的党员 ÷ 在册党员。点击可查看名单。',
  publish: '发布新版本',
  publishHint: '上传手册内容文件（JSON）。同名版本视为修订，条目编号不变的保留阅读记录和笔记。',
  pick: '选择 .json 内容文件，或拖到这里',
  unreadable: '文件不是手册内容文件',
  seen: '《{title}》{edition}，{chapters} 章 {entries} 条',
  publishDetail: '将发布《{title}》{edition}，共 {chapters} 章 {entries} 条，全体党员立即看到新版本。',
  published: '已发布，新增 {added} 条，修订 {changed} 条，撤下 {withdrawn} 条',
  chapterOf: '第{number}章 {title}（{count} 条）',
};
