/** The pages and where they live: tab pages and what a booking opens in the main package, everything else in subpackages. */
const speechPlugin = process.env.TARO_ENV === 'weapp' && process.env.WECHAT_SPEECH_PLUGIN
  ? { plugins: { WechatSI: { version: process.env.WECHAT_SPEECH_PLUGIN, provider: 'wx069ba97219f66d99' } } }
  : {}

export default defineAppConfig({
  pages: [
    'pages/home/index', 'pages/bookings/index', 'pages/me/index',
    'pages/booking/index', 'pages/door-code/index',
  ],
  subPackages: [
    // The booking path: fetched while the first screen is read.
    { root: 'pages/services', pages: ['index'] },
    { root: 'pages/service', pages: ['index'] },
    { root: 'pages/booked', pages: ['index'] },
    // A visit at another time, visits week after week, and the calendar of the family.
    { root: 'pages/plan', pages: ['move/index', 'weekly/index', 'series/index', 'list/index', 'calendar/index'] },
    // Nights in a house, and the board of its staff.
    { root: 'pages/stay', pages: ['book/index', 'change/index'] },
    { root: 'pages/beds', pages: ['board/index'] },
    // What organisations bring or do at the door; their desks, and those who register them.
    { root: 'pages/menu', pages: ['list/index', 'offer/index', 'move/index'] },
    { root: 'pages/menu-work', pages: ['desk/index', 'to-hand-on/index', 'hand-on/index', 'week/index', 'offers/index', 'organisations/index', 'organisation/index', 'figures/index'] },
    { root: 'pages/first-use', pages: ['welcome/index', 'terms/index'] },
    { root: 'pages/meals', pages: ['order/index', 'several/index', 'month/index', 'diet/index'] },
    { root: 'pages/family', pages: ['mine/index', 'ask/index', 'of-me/index'] },
    { root: 'pages/my-record', pages: ['log/index', 'care-notes/index', 'messages/index', 'export/index', 'erase/index'] },
    { root: 'pages/points', pages: ['passbook/index', 'entry/index', 'rewards/index', 'reward/index', 'code/index', 'give/index', 'accounts/index', 'records/index', 'honours/index', 'certificate/index', 'votes/index', 'vote/index', 'rules/index'] },
    { root: 'pages/notices', pages: ['list/index', 'notice/index', 'archive/index', 'past/index'] },
    { root: 'pages/notice-work', pages: ['desk/index', 'write/index', 'notice/index', 'duty/index', 'part/index', 'survey/index', 'questions/index'] },
    { root: 'pages/taking-part', pages: ['survey/index', 'questions/index'] },
    { root: 'pages/activities', pages: ['list/index', 'activity/index', 'certificate/index'] },
    { root: 'pages/gallery', pages: ['list/index', 'work/index', 'hand-in/index', 'mine/index', 'board/index', 'add/index'] },
    { root: 'pages/circle', pages: ['around/index', 'who/index', 'matters/index'] },
    { root: 'pages/waitlist', pages: ['mine/index'] },
    { root: 'pages/life', pages: ['away/index', 'absent/index', 'farewell/index'] },
    // The care consultant: asking, a plan and its bookings, and the consultant's own desk.
    { root: 'pages/consult', pages: ['list/index', 'ask/index', 'case/index', 'book/index', 'desk/index', 'work/index', 'assess/index', 'plan/index'] },
    { root: 'pages/safety', pages: ['case/index', 'well/index'] },
    { root: 'pages/care-worker', pages: ['today/index', 'visit/index'] },
    { root: 'pages/kitchen', pages: ['today/index', 'menu/index', 'dishes/index', 'dish/index', 'sheet/index', 'counter/index'] },
    { root: 'pages/courier', pages: ['today/index', 'run/index'] },
    { root: 'pages/volunteer', pages: ['today/index', 'join/index', 'task/index', 'shift/index', 'code/index', 'shifts/index', 'helpers/index', 'certificate/index', 'pairs/index', 'projects/index', 'project/index'] },
    { root: 'pages/merchant', pages: ['today/index', 'month/index'] },
    { root: 'pages/social-worker', pages: ['today/index', 'review/index', 'people/index', 'person/index', 'register/index', 'merge/index', 'request/index', 'log/index', 'phone/index', 'slip/index', 'figures/index', 'waitlist/index'] },
    { root: 'pages/points-work', pages: ['today/index', 'shift/index', 'board/index', 'task/index', 'publish/index', 'desk/index', 'flags/index', 'flag/index', 'needs/index', 'pots/index', 'pot-records/index', 'pairs/index', 'projects/index', 'project/index', 'groups/index', 'check/index', 'seal/index', 'activities/index', 'activity/index'] },
    { root: 'pages/points-admin', pages: ['today/index', 'policy/index', 'rewards/index', 'reward/index', 'merchants/index', 'staff/index', 'by-hand/index', 'reverse/index', 'polls/index'] },
    { root: 'pages/life-work', pages: ['list/index', 'event/index', 'report/index', 'absences/index'] },
    { root: 'pages/admin', pages: ['capacity/index', 'fair/index', 'kitchens/index', 'kitchen/index', 'policy/index', 'ladder/index', 'closed-days/index', 'places/index', 'audit/index', 'laws/index', 'services/index', 'service/index'] },
  ],
  // Help is called where there may be no network any more, a shop where a code is shown may have none, and meals come every day: all are on the phone before they are opened.
  preloadRule: { 'pages/home/index': { network: 'all', packages: ['pages/safety', 'pages/meals', 'pages/points', 'pages/services', 'pages/service', 'pages/booked'] } },
  window: { navigationStyle: 'custom', backgroundColor: '#FAF6EE', backgroundTextStyle: 'dark' },
  lazyCodeLoading: 'requiredComponents',
  // H5 only: pages change without sliding.
  ...(process.env.TARO_ENV === 'h5' ? { animation: false } : {}),
  ...speechPlugin,
})
