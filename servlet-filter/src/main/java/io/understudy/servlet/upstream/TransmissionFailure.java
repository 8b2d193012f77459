package io.understudy.servlet.upstream;

/** A lost call on its way through Jersey, which lets only exceptions pass. */
final class TransmissionFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean requestWritten;
    private final boolean stale;

    TransmissionFailure(Throwable cause, boolean requestWritten, boolean stale) {
        super(cause.getMessage(), cause, false, false);
        this.requestWritten = requestWritten;
        this.stale = stale;
    }

    /** What Jersey reports, unwrapped as far as it is ours. */
    static UpstreamFailure unwrap(Throwable reported) {
        for (Throwable t = reported; t != null; t = t.getCause()) {
            if (t instanceof TransmissionFailure ours && ours.getCause() != null) {
                return new UpstreamFailure(ours.getCause(), ours.requestWritten, ours.stale);
            }
        }
        return new UpstreamFailure(reported, false, false);
    }
}
