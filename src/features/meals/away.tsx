/** In hospital or away: nothing is ordered until somebody says that the elder is home again. */
import { Notice } from '@/components/notice'

export function AwayNotice({ why, whose }: { why: string; whose: string }) {
  return <Notice tone="gold" icon="door-open" title={why === 'hospital' ? `${whose}在住院，先不订餐` : `${whose}不在家，先不订餐`}>回来了，点下面的「回家了」，就能接着订。</Notice>
}
