package io.portolan.check;

import java.util.Objects;

/**
 * What is wrong, for people and for programs.
 *
 * @param code a name for what is wrong, such as {@code passive-port-filtered}: lower case and hyphens; one that has been given out keeps its meaning
 * @param blame where it has to be changed
 * @param culprit the address, port, name or certificate that is to blame, as text
 * @param advice what to change, in a sentence or two
 */
public record Diagnosis(String code, Blame blame, String culprit, String advice) {

    /**
     * Makes one.
     *
     * @throws NullPointerException if a part is null
     */
    public Diagnosis {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(blame, "blame");
        Objects.requireNonNull(culprit, "culprit");
        Objects.requireNonNull(advice, "advice");
    }
}
