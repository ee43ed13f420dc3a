package io.portolan.sftp.server.internal.engine;

/** What comes of looking at a request. */
public sealed interface Plan {

    /**
     * The answer is known.
     *
     * @param reply the answer
     */
    record Answer(Reply reply) implements Plan {}

    /**
     * There is work to do.
     *
     * @param operation the work
     * @param footprint what it touches
     */
    record Work(Operation operation, Footprint footprint) implements Plan {}

    /**
     * The answer is known, and there is work to do that does not change it.
     *
     * @param reply the answer, sent once all that was asked for before in the same queue is done
     * @param operation the work, whose reply is dropped
     * @param footprint what it touches
     */
    record AnswerThenWork(Reply reply, Operation operation, Footprint footprint) implements Plan {}
}
