export default definePageConfig({ navigationBarTitleText: '还没知道的人' })
