/** One sitting: the sheet as it freezes at the cut-off, its orders, and the runs that carry it out. */
import { useState } from 'react'
import { Button } from '@/components/button'
import { Content } from '@/components/content'
import { Notice } from '@/components/notice'
import { Foot, Screen } from '@/components/screen'
import { Segments } from '@/components/segments'
import { canPrint, printPage } from '@/services/printing'
import { useServerNow } from '@/services/server-clock'
import { saveTable, type Saved } from '@/services/table-file'
import { beginsWords } from '@/services/timeline-words'
import { useQuery } from '@/services/use-query'
import { useStaff } from '@/services/use-staff'
import { cutoffWords, sittingTitle, type Sheet, type Sitting } from './kitchen-words'
import { OrdersPart } from './orders-part'
import { RunsPart } from './runs-part'
import { SheetPaper } from './sheet-paper'
import { fileNameOf, rowsOf } from './sheet-table'

const LOOK_AGAIN_MS = 6_000

export type SheetView = 'sheet' | 'orders' | 'runs'
const parts: readonly { key: SheetView; words: string }[] = [{ key: 'sheet', words: '备餐' }, { key: 'orders', words: '订单' }, { key: 'runs', words: '送餐' }]

const savedWords: Record<Saved, { title: string; next: string; isBad: boolean }> = {
  saved: { title: '表格存好了', next: '在下载里，用电子表格打开。', isBad: false },
  shared: { title: '表格发出去了', next: '在聊天里打开就能看。', isBad: false },
  copied: { title: '表格抄好了', next: '打开聊天或电子表格，长按粘贴。', isBad: false },
  failed: { title: '表格没有存成', next: '请再点一次。', isBad: true },
}

export function SheetScreen({ kitchenId, onDate, sitting, first }: { kitchenId: string; onDate: string; sitting: Sitting; first: SheetView }) {
  useStaff()
  const now = useServerNow()
  const sheet = useQuery('kitchen.sheet', { kitchenId, onDate, sitting }, { pollMs: LOOK_AGAIN_MS })
  const [part, setPart] = useState<SheetView>(first)
  const [saved, setSaved] = useState<Saved | null>(null)
  const { output } = sheet
  const save = async (what: Sheet) => setSaved(await saveTable(fileNameOf(what), rowsOf(what)))
  const table = output ? <Button kind={canPrint ? 'outline' : 'primary'} icon="file-text" onPress={() => save(output)}>存成表格</Button> : null
  return (
    <Screen
      title={sittingTitle(onDate, sitting, now)} subtitle={output?.kitchenName}
      foot={output && part === 'sheet' ? canPrint ? <Foot other={table} main={<Button icon="file-text" onPress={printPage}>打印</Button>} /> : <Foot main={table} /> : undefined}
    >
      <Segments label="看什么" parts={parts} selected={part} onChoose={(key) => { setSaved(null); setPart(parts.find((one) => one.key === key)?.key ?? 'sheet') }} />
      {saved ? <Notice isAnnounced tone={savedWords[saved].isBad ? 'warm' : 'willow'} title={savedWords[saved].title}>{savedWords[saved].next}</Notice> : null}
      <Content of={sheet}>
        {(shown) => part === 'orders' ? <OrdersPart sheet={shown} onChanged={sheet.reload} />
          : part === 'runs' ? <RunsPart sheet={shown} onChanged={sheet.reload} />
            : (
              <>
                {shown.state === 'frozen' ? null : <Notice tone="gold" icon="clock" title={cutoffWords(shown, now)}>{shown.state === 'open' && now < shown.orderUntil ? `备餐单到 ${beginsWords(shown.orderUntil, now)} 才定，现在的数还会变。` : '马上就好，一两分钟。'}</Notice>}
                <SheetPaper sheet={shown} />
              </>
            )}
      </Content>
    </Screen>
  )
}
