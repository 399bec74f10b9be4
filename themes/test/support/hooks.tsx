import { act, create } from "react-test-renderer";

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

export interface Rendered<P, R> {
  /** What the hook returned last. */
  readonly current: R;
  /** What the hook returned each time. */
  readonly all: R[];
  render(props: P): Promise<void>;
  /** Does something and waits for what comes of it. */
  act(something: () => unknown): Promise<void>;
  unmount(): Promise<void>;
}

/** Renders a component that does nothing but call the hook. */
export async function renderHook<P, R>(hook: (props: P) => R, props: P): Promise<Rendered<P, R>> {
  const all: R[] = [];
  const inAct = async (something: () => unknown) => {
    await act(async () => {
      await something();
    });
  };
  let renderer: ReturnType<typeof create> | undefined;
  const render = (given: P) =>
    inAct(() => {
      const element = <Caller call={() => all.push(hook(given))} />;
      if (renderer) {
        renderer.update(element);
      } else {
        renderer = create(element);
      }
    });
  await render(props);
  return {
    all,
    get current() {
      return all[all.length - 1] as R;
    },
    render,
    act: inAct,
    unmount: () => inAct(() => renderer?.unmount()),
  };
}

function Caller({ call }: { call(): void }) {
  call();
  return null;
}
