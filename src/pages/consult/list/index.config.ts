export default definePageConfig({ navigationBarTitleText: '乐龄顾问' })
