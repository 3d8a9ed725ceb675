/** 一键办事: everything that somebody can do here, in the words in which people say it. */

export interface Matter {
  readonly title: string
  readonly words: string
  /** other ways to say it, divided by spaces */
  readonly said: string
  readonly group: (typeof groups)[number]
  /** `elderId` is added where a page asks for it */
  readonly page: string
  readonly needsElder?: boolean
}

export const groups = ['吃饭', '上门照护', '活动、学习', '社区、通知', '家人和平安', '志愿和积分', '我的记录'] as const

export const matters: readonly Matter[] = [
  { group: '吃饭', title: '订餐送到家', words: '今天明天吃什么', said: '饭 助餐 午饭 晚饭 中饭 吃 送餐 堂食 菜', page: '/pages/meals/order/index', needsElder: true },
  { group: '吃饭', title: '一次订几天', words: '一周的饭一起订', said: '饭 助餐 一周 多订', page: '/pages/meals/several/index', needsElder: true },
  { group: '吃饭', title: '这个月吃了多少', words: '补了多少，付了多少', said: '饭钱 补贴 账 花了 钱', page: '/pages/meals/month/index', needsElder: true },
  { group: '吃饭', title: '忌口', words: '不能吃的，记下来', said: '过敏 糖尿病 低盐 软 忌', page: '/pages/meals/diet/index', needsElder: true },
  { group: '上门照护', title: '约上门照护', words: '助浴、理发、助洁、陪诊', said: '洗澡 助浴 擦身 剪头发 理发 打扫 卫生 助洁 看病 医院 陪诊 挂号 护理', page: '/pages/services/index', needsElder: true },
  { group: '上门照护', title: '你点我送', words: '代买、送药、修修补补', said: '买菜 买米 代购 跑腿 送药 配药 修 水龙头 灯泡 磨刀 剪刀 量血压 血糖 聊天 读报 理发', page: '/pages/menu/list/index', needsElder: true },
  { group: '上门照护', title: '短住、日托', words: '住几晚，或者去半天', said: '候鸟 养老院 床位 床 理疗 日间 记忆 失智 没人照顾', page: '/pages/services/index', needsElder: true },
  { group: '上门照护', title: '问乐龄顾问', words: '养老的事都能问，也能请上门看看', said: '顾问 咨询 评估 补贴 津贴 出院 照料 失能 计划 怎么办 扶手 轮椅 长护险', page: '/pages/consult/list/index', needsElder: true },
  { group: '上门照护', title: '每周来的照护', words: '定好日子，每周都来', said: '每周 固定 长期 洗澡', page: '/pages/plan/list/index', needsElder: true },
  { group: '上门照护', title: '排着的候补', words: '看轮到了没有', said: '排队 候补 名额 满了', page: '/pages/waitlist/mine/index', needsElder: true },
  { group: '上门照护', title: '日历', words: '一家人哪天有什么事', said: '日子 安排 哪天 什么时候', page: '/pages/plan/calendar/index' },
  { group: '活动、学习', title: '活动、课程', words: '报名、签到、领证书', said: '上课 培训 学 手机课 义诊 文化节 四点钟 唱歌 跳舞 证书 签到 报名 玩', page: '/pages/activities/list/index' },
  { group: '活动、学习', title: '乐龄风采', words: '邻居的书画、照片，活动照片', said: '作品 书法 画 摄影 照片 手工 相册', page: '/pages/gallery/list/index' },
  { group: '社区、通知', title: '看通知', words: '停水、体检、活动', said: '停水 停电 体检 消息 公告', page: '/pages/notices/list/index' },
  { group: '社区、通知', title: '身边服务', words: '走 15 分钟内有什么', said: '附近 地图 药店 看病 买菜 近 哪里 地方 配药', page: '/pages/circle/around/index' },
  { group: '社区、通知', title: '一键找人', words: '这一片谁值班', said: '网格 社工 找谁 电话 值班 人', page: '/pages/circle/who/index' },
  { group: '家人和平安', title: '报平安', words: '跟家里人说一声', said: '平安 没事 好的', page: '/pages/safety/well/index', needsElder: true },
  { group: '家人和平安', title: '住院、出门', words: '先看会怎样，再定', said: '住院 医院 手术 外地 旅游 不在家 搬走 回家', page: '/pages/life/away/index', needsElder: true },
  { group: '家人和平安', title: '家人', words: '谁替谁办事', said: '儿子 女儿 代办 授权 孩子 老伴', page: '/pages/family/mine/index' },
  { group: '志愿和积分', title: '积分存折', words: '有多少积分，怎么来的', said: '柳安币 分 存折 余额', page: '/pages/points/passbook/index' },
  { group: '志愿和积分', title: '用积分换东西', words: '换米、换理发', said: '兑换 换 礼品 柳安币', page: '/pages/points/rewards/index' },
  { group: '志愿和积分', title: '做志愿', words: '有空帮帮邻居', said: '志愿者 帮忙 服务 服务证明', page: '/pages/volunteer/today/index' },
  { group: '志愿和积分', title: '光荣榜', words: '五最四星', said: '荣誉 榜 表扬 星', page: '/pages/points/honours/index' },
  { group: '我的记录', title: '谁替我办了什么', words: '每一件都记着', said: '记录 谁看过 代办', page: '/pages/my-record/log/index' },
  { group: '我的记录', title: '社区记了我什么', words: '看一份、导一份', said: '资料 隐私 导出 个人信息', page: '/pages/my-record/export/index' },
]

const saidOf = (matter: Matter): readonly string[] => [matter.title, ...matter.said.split(' '), ...matter.words.split(/[、，]/)]

/** What fits what somebody typed: 洗澡, 饭, 我想洗澡. Nothing typed: everything. */
export function mattersFor(typed: string, all: readonly Matter[] = matters): readonly Matter[] {
  const words = typed.trim().replace(/[，。！？、\s]/g, '')
  if (words === '') return all
  return all.filter((matter) => saidOf(matter).some((one) => one.includes(words) || (one !== '' && words.includes(one))))
}
