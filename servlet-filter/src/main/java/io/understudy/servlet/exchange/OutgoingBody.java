package io.understudy.servlet.exchange;

import io.understudy.servlet.dialect.JsonFields;
import io.understudy.servlet.inbound.RequestPeek;
import io.understudy.servlet.upstream.UpstreamBody;
import io.understudy.servlet.upstream.UpstreamBody.Edit;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The caller's body as one candidate gets it: with the candidate's own model id and, where only the {@code Accept}
 * header asked for a stream, with {@code "stream":true}; byte for byte the caller's otherwise.
 */
final class OutgoingBody {
    private static final byte[] STREAM = "\"stream\":true,".getBytes(StandardCharsets.US_ASCII);

    private OutgoingBody() {}

    static UpstreamBody of(byte[] original, RequestPeek peek, String upstreamModel, boolean streamed) {
        List<Edit> edits = new ArrayList<>(2);
        if (streamed && !peek.hasStream()) {
            edits.add(Edit.insert(peek.objectStart(), STREAM));
        }
        if (!upstreamModel.equals(peek.model())) {
            byte[] model = JsonFields.write(json -> json.writeString(upstreamModel));
            edits.add(new Edit(peek.modelStart(), peek.modelEnd(), model));
        }
        return UpstreamBody.of(original, edits);
    }
}
