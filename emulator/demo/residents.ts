/** The residents of the demo: none of them exists. Those with an openid have claimed themselves on a phone. */

export interface Resident {
  readonly name: string
  readonly birthOn: string
  readonly communityId: string
  readonly address: string
  readonly phone?: string
  readonly livesAlone?: boolean
  /** the WeChat account that claims this person while the demo is loaded */
  readonly openid?: string
}

export const residents = {
  // The family that the stage shows first.
  wangXiuzhen: { name: '王秀珍', birthOn: '1944-03-18', communityId: 'huaguangcheng', address: '华光城 12 幢 302', phone: '19000001002', openid: 'demo_wang_xiuzhen' },
  wangMin: { name: '王敏', birthOn: '1972-06-09', communityId: 'taigucheng', address: '太古城 5 幢 1101', phone: '19000001001', openid: 'demo_wang_min' },
  wangJianjun: { name: '王建军', birthOn: '1969-01-22', communityId: 'yueji', address: '月季 21 幢 402', phone: '19000001003', openid: 'demo_wang_jianjun' },
  // 华光城
  zhouFusheng: { name: '周福生', birthOn: '1944-08-02', communityId: 'huaguangcheng', address: '华光城 3 幢 101', phone: '19000001010', livesAlone: true },
  shenYuee: { name: '沈月娥', birthOn: '1941-12-05', communityId: 'huaguangcheng', address: '华光城 8 幢 203', phone: '19000001012' },
  zhengGuoqiang: { name: '郑国强', birthOn: '1950-05-20', communityId: 'huaguangcheng', address: '华光城 15 幢 601', phone: '19000001013', openid: 'demo_zheng_guoqiang' },
  xuFengxian: { name: '许凤仙', birthOn: '1947-01-30', communityId: 'huaguangcheng', address: '华光城 9 幢 402', phone: '19000001014' },
  luGensheng: { name: '陆根生', birthOn: '1945-09-13', communityId: 'huaguangcheng', address: '华光城 20 幢 102', phone: '19000001015' },
  caoYuqin: { name: '曹玉琴', birthOn: '1948-04-04', communityId: 'huaguangcheng', address: '华光城 20 幢 102', phone: '19000001015' },
  // volunteers
  tangWeiguo: { name: '汤伟国', birthOn: '1961-03-12', communityId: 'huaguangcheng', address: '华光城 6 幢 502', phone: '19000001051', openid: 'demo_tang_weiguo' },
  luMeiying: { name: '卢美英', birthOn: '1964-09-03', communityId: 'huaguangcheng', address: '华光城 18 幢 301', phone: '19000001052', openid: 'demo_lu_meiying' },
  // 锦苑
  sunGuiying: { name: '孙桂英', birthOn: '1946-10-11', communityId: 'jinyuan', address: '锦苑 4 幢 502', phone: '19000001020', openid: 'demo_sun_guiying' },
  heXiuying: { name: '何秀英', birthOn: '1939-04-27', communityId: 'jinyuan', address: '锦苑 7 幢 103', livesAlone: true },
  // one name, another person
  otherWangXiuzhen: { name: '王秀珍', birthOn: '1956-02-14', communityId: 'taigucheng', address: '太古城 11 幢 804', phone: '19000001030', openid: 'demo_wang_xiuzhen_tgc' },
  guDeming: { name: '顾德明', birthOn: '1949-07-07', communityId: 'taigucheng', address: '太古城 2 幢 305', phone: '19000001031' },
  // a couple in each of the other communities
  shaoYongkang: { name: '邵永康', birthOn: '1948-11-19', communityId: 'anju', address: '安居 6 幢 201', phone: '19000001032' },
  fengAidi: { name: '冯爱娣', birthOn: '1943-02-23', communityId: 'anju', address: '安居 14 幢 504', phone: '19000001033', livesAlone: true },
  baoShuigen: { name: '鲍水根', birthOn: '1945-06-30', communityId: 'donghai', address: '东海花园 10 幢 301', phone: '19000001034' },
  linCaifeng: { name: '林彩凤', birthOn: '1950-03-03', communityId: 'donghai', address: '东海花园 1 幢 702', phone: '19000001035' },
  zhouTing: { name: '周婷', birthOn: '1974-10-26', communityId: 'donghai', address: '东海花园 17 幢 903', phone: '19000001011', openid: 'demo_zhou_ting' },
  shiBaozhu: { name: '施宝珠', birthOn: '1942-05-16', communityId: 'dongliufang', address: '东柳坊 5 幢 402', phone: '19000001036' },
  huZhiliang: { name: '胡志良', birthOn: '1947-12-21', communityId: 'dongliufang', address: '东柳坊 9 幢 101', phone: '19000001037' },
  yuXinghua: { name: '俞杏花', birthOn: '1951-04-08', communityId: 'huaqiaocheng', address: '华侨城 3 幢 602', phone: '19000001038' },
  fanWeimin: { name: '范伟民', birthOn: '1946-08-15', communityId: 'huaqiaocheng', address: '华侨城 18 幢 204', phone: '19000001039', livesAlone: true },
  daiGenbao: { name: '戴根宝', birthOn: '1940-01-09', communityId: 'xingfuyuan', address: '幸福苑 2 幢 103', phone: '19000001040' },
  zhongMeijuan: { name: '钟美娟', birthOn: '1949-09-28', communityId: 'xingfuyuan', address: '幸福苑 12 幢 501', phone: '19000001041' },
  zhangWenhua: { name: '章文华', birthOn: '1948-06-01', communityId: 'yuanding', address: '园丁 8 幢 303', phone: '19000001042' },
  fuSufen: { name: '傅素芬', birthOn: '1944-11-11', communityId: 'yuanding', address: '园丁 1 幢 202', phone: '19000001043' },
  heXiaoyu: { name: '何小雨', birthOn: '1998-05-12', communityId: 'yuanding', address: '园丁 16 幢 601', phone: '19000001021', openid: 'demo_he_xiaoyu' },
  yuYuehua: { name: '余月华', birthOn: '1943-09-06', communityId: 'yueji', address: '月季 7 幢 304', phone: '19000001044' },
  tongShuilin: { name: '童水林', birthOn: '1950-12-17', communityId: 'yueji', address: '月季 13 幢 102', phone: '19000001045' },
  zhuQiusheng: { name: '竺秋生', birthOn: '1946-10-02', communityId: 'zhongxing', address: '中兴 4 幢 401', phone: '19000001046' },
  jiangYundi: { name: '蒋云娣', birthOn: '1945-03-27', communityId: 'zhongxing', address: '中兴 11 幢 203', phone: '19000001047', livesAlone: true },
} as const satisfies Readonly<Record<string, Resident>>

export type ResidentName = keyof typeof residents

/** What WeChat knows of phones whose owners have not come as far as their record. */
export const strangers = [
  { openid: 'demo_new_elder', nickname: '凤仙', phone: residents.xuFengxian.phone },
  { openid: 'demo_new_phone', nickname: '新手机', phone: '19000001099' },
  { openid: 'demo_lu_home', nickname: '陆家', phone: residents.luGensheng.phone },
  { openid: 'demo_lin_xiaodong', nickname: '晓东', phone: '19000001098' },
  { openid: 'demo_shen_yuee', nickname: '月娥', phone: '19000001097' },
] as const
