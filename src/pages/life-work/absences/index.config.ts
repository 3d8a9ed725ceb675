export default definePageConfig({ navigationBarTitleText: '没到场的记录' })
