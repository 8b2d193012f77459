package io.understudy.servlet.dialect;

import java.util.List;

/** What OpenAI's dialects have in common. */
interface OpenAiDialect extends Dialect {
    @Override
    default byte[] errorBody(ApiError error, String requestId) {
        return OpenAiErrors.body(error);
    }

    @Override
    default byte[] modelList(List<String> names) {
        return OpenAiModels.list(names);
    }

    @Override
    default byte[] model(String name) {
        return OpenAiModels.one(name);
    }

    @Override
    default String requestIdHeader() {
        return OpenAiErrors.REQUEST_ID;
    }
}
