export default definePageConfig({ navigationBarTitleText: '这个项目' })
