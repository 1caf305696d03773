import { Component, type ReactNode } from 'react';

interface Props {
  children: ReactNode;
  renderFailure: (error: unknown) => ReactNode;
  /** Another value gives what stands inside another try. */
  resetBy?: string;
}

interface State {
  failure: { error: unknown } | null;
  resetBy: string | undefined;
}

/** What is thrown inside takes away no more than the inside. */
export class Boundary extends Component<Props, State> {
  override state: State = { failure: null, resetBy: this.props.resetBy };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { failure: { error } };
  }

  static getDerivedStateFromProps({ resetBy }: Props, state: State): State | null {
    return resetBy === state.resetBy ? null : { failure: null, resetBy };
  }

  override render(): ReactNode {
    const { failure } = this.state;
    return failure ? this.props.renderFailure(failure.error) : this.props.children;
  }
}
