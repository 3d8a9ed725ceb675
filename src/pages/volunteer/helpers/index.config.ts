export default definePageConfig({ navigationBarTitleText: '来帮忙的人' })
