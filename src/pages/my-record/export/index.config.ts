export default definePageConfig({ navigationBarTitleText: '留了我的什么' })
