export default definePageConfig({ navigationBarTitleText: '这道菜' })
