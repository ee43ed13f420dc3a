package io.portolan.sftp.client.internal.auth;

import java.util.List;

/**
 * How a login went.
 *
 * @param events what was tried, in its order, and then what could not be
 * @param methods by which the server would go on, as it has named them last
 * @param signatureAlgorithms which signatures the server takes; empty if it has not told
 */
public record LoginHistory(List<LoginEvent> events, List<String> methods, List<String> signatureAlgorithms) {

    public LoginHistory {
        events = List.copyOf(events);
        methods = List.copyOf(methods);
        signatureAlgorithms = List.copyOf(signatureAlgorithms);
    }
}
