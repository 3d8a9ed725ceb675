/** Staff enter that somebody moved out or died. */
import { useRouter } from '@tarojs/taro'
import { ReportScreen } from '@/features/life-work/report-screen'

export default function LifeWorkReportPage() {
  return <ReportScreen personId={useRouter().params['personId'] ?? ''} />
}
