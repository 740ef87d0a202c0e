export default {
  intro: '考试结束并阅完卷后，为合格人员发证。重新评分后不再合格的，证书自动撤销；恢复合格时原证书恢复有效。',
  issue: '为合格人员发证',
  batch: '下载全部证书（PDF）',
  issueDetail: '将为“{title}”中合格而还没有证书的人员发证，本人可在“我的证书”中查看和下载。',
  issued: '现有 {count} 份证书',
  number: '证书编号',
  issuedOn: '发证日期',
  revokedAt: '已撤销（{when}）',
  verify: '查验',
  verifyDo: '查验页',
  none: '还没有发证',
  noneHint: '考试结束后，点“为合格人员发证”。',
};
