/** Asks one question; what comes while others are being answered is answered together. */
export type Batcher<Item, Result> = {
  /** Rejects with what `answer` threw, or with the Error that it gave for this item. */
  ask(item: Item): Promise<Result>;
  /** Items whose turn has not come. */
  readonly waiting: number;
};

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * No timer: a lone question is asked at once, and in a rush there are as many in a batch as came meanwhile, in their order.
 * @param options.answer gives a result, or an Error, for each item, in their order
 */
export function createBatcher<Item, Result>(options: {
  /** Batches that are being answered at once. */
  readonly atOnceMax: number;
  readonly batchMax: number;
  readonly answer: (items: readonly Item[]) => Promise<readonly (Result | Error)[]>;
}): Batcher<Item, Result> {
  const { atOnceMax, batchMax, answer } = options;
  const waiting: Waiting<Item, Result>[] = [];
  let atOnce = 0;

  async function answerBatch(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await answer(batch.map(({ item }) => item));
      for (const [index, { resolve, reject }] of batch.entries()) {
        const result = results[index] as Result | Error;
        if (result instanceof Error) reject(result);
        else resolve(result);
      }
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  function pump(): void {
    while (atOnce < atOnceMax && waiting.length > 0) {
      atOnce += 1;
      void answerBatch(waiting.splice(0, batchMax)).finally(() => {
        atOnce -= 1;
        pump();
      });
    }
  }

  return {
    ask(item) {
      return new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        pump();
      });
    },
    get waiting() {
      return waiting.length;
    },
  };
}
