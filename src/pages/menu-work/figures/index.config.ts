export default definePageConfig({ navigationBarTitleText: '服务了多少人' })
