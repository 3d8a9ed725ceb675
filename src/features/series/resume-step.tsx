/** Going on after a pause: what comes again, before anybody confirms. */
import type { OutputOf } from '@/contract'
import { Button } from '@/components/button'
import { Content, Empty, Problem } from '@/components/content'
import { Foot, Screen } from '@/components/screen'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { PreviewRows } from './preview-rows'
import { rhythmWords } from './words'

export function ResumeStep({ series, onBack, onDone }: { series: OutputOf<'series.show'>; onBack: () => void; onDone: () => void }) {
  const preview = useQuery('series.previewChange', { seriesId: series.seriesId })
  const resume = useAction('series.resume')
  const { output } = preview
  const good = output?.dates.filter((date) => date.state === 'free' || date.state === 'later').length ?? 0
  const rest = (output?.dates.length ?? 0) - good
  return (
    <Screen
      title="恢复" subtitle={`给 ${series.elderName}`} onBack={onBack}
      foot={output ? <Foot say={`恢复${rhythmWords(series)}的${series.serviceName}，还有 ${good} 回。${rest > 0 ? `${rest} 回约不上，会告诉您。` : ''}跳过的还是跳过。`} problem={resume.problem ? <Problem problem={resume.problem} /> : null} main={<Button isBusy={resume.isPending} onPress={async () => { if (await resume.run({ seriesId: series.seriesId })) onDone(); else preview.reload() }}>恢复</Button>} /> : undefined}
    >
      <Content of={preview}>{(shown) => (shown.dates.length === 0 ? <Empty title="后面没有要约的了" next="到服务里可以再排一次。" /> : <PreviewRows dates={shown.dates} />)}</Content>
    </Screen>
  )
}
