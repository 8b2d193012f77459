package io.understudy.example.demo;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;

/** OpenAI's Embeddings. The same text has the same vector with every provider and after every start. */
final class EmbeddingsWire implements WireFormat {
    private static final int MOST_INPUTS = 2048;

    private final WireJson json = new WireJson();

    @Override
    public String path() {
        return "embeddings";
    }

    @Override
    public ErrorFormat errors() {
        return new OpenAiErrors(json);
    }

    @Override
    public Call read(byte[] body) {
        return json.read(body, request -> {
            List<String> inputs = inputs(request);
            if (inputs.isEmpty() || inputs.size() > MOST_INPUTS) {
                throw new IllegalArgumentException("'$.input' is invalid.");
            }
            dimensions(request);
            format(request);
            return Call.of(request, String.join("", inputs));
        });
    }

    /** The texts: one, some, one in tokens (numbers), or some in tokens. */
    private static List<String> inputs(JsonObject request) {
        JsonValue input = Objects.requireNonNull(request.get("input"));
        if (input instanceof JsonArray some && (some.isEmpty() || !(some.get(0) instanceof JsonNumber))) {
            return some.stream().map(JsonValue::toString).toList();
        }
        return List.of(input.toString());
    }

    private static int dimensions(JsonObject request) {
        int dimensions = request.getInt("dimensions", Embedding.DIMENSIONS);
        if (dimensions < 1 || dimensions > Embedding.DIMENSIONS) {
            throw new IllegalArgumentException("Invalid value for 'dimensions' = " + dimensions + ".");
        }
        return dimensions;
    }

    private static String format(JsonObject request) {
        String format = request.getString("encoding_format", "float");
        if (!List.of("float", "base64").contains(format)) {
            throw new IllegalArgumentException("Invalid value for 'encoding_format' = " + format + ".");
        }
        return format;
    }

    @Override
    public String answer(Call call, Answer answer) {
        JsonArrayBuilder data = json.array();
        List<String> inputs = inputs(call.request());
        for (int i = 0; i < inputs.size(); i++) {
            data.add(item(i, Embedding.of(inputs.get(i), dimensions(call.request())), format(call.request())));
        }
        JsonObjectBuilder usage =
                json.object().add("prompt_tokens", call.promptTokens()).add("total_tokens", call.promptTokens());
        return json.object()
                .add("object", "list")
                .add("data", data)
                .add("model", call.model())
                .add("usage", usage)
                .build()
                .toString();
    }

    private JsonObjectBuilder item(int index, Embedding embedding, String format) {
        JsonObjectBuilder item = json.object().add("object", "embedding").add("index", index);
        return format.equals("base64")
                ? item.add("embedding", embedding.base64())
                : item.add("embedding", numbers(embedding));
    }

    private JsonArrayBuilder numbers(Embedding embedding) {
        JsonArrayBuilder numbers = json.array();
        embedding.values().forEach(value -> numbers.add(new BigDecimal(value.toString())));
        return numbers;
    }
}
