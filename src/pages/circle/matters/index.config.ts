export default definePageConfig({ navigationBarTitleText: '一键办事' })
