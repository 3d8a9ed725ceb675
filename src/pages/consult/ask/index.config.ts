export default definePageConfig({ navigationBarTitleText: '问乐龄顾问' })
