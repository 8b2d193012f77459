package io.understudy.example.demo;

/** An endpoint at which the model speaks: word by word, so it takes its time and can be streamed. */
interface SpokenFormat extends WireFormat {
    StreamScript stream(Call call, Answer answer);

    /** An error that comes as the only event of a stream. */
    String errorEvent(Turn turn, Call call);
}
