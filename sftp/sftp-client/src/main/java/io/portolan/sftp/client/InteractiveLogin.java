package io.portolan.sftp.client;

import java.util.List;

/** Answers what a server asks of whoever logs in, such as for a one-time password (keyboard-interactive, RFC 4256). */
@FunctionalInterface
public interface InteractiveLogin {

    /**
     * Answers. Called on a worker, and may block; the server waits as long as it likes.
     *
     * @param challenge what the server says
     * @return as many answers as there are questions; they are overwritten when they are sent
     * @throws Exception to give up this way of logging in
     */
    List<char[]> answer(Challenge challenge) throws Exception;

    /**
     * What a server says. All texts are the server's, with characters replaced that terminals act upon; that they say something does not make it true.
     *
     * @param name a headline, maybe empty
     * @param instruction some lines, maybe empty
     * @param questions what it wants to know; maybe nothing
     */
    record Challenge(String name, String instruction, List<Question> questions) {

        /**
         * Makes a challenge.
         *
         * @param name a headline
         * @param instruction some lines
         * @param questions what is asked
         */
        public Challenge {
            questions = List.copyOf(questions);
        }
    }

    /**
     * One question.
     *
     * @param text the question
     * @param echo whether the answer may be seen while it is typed
     */
    record Question(String text, boolean echo) {}
}
