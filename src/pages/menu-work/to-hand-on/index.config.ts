export default definePageConfig({ navigationBarTitleText: '等转交的单' })
