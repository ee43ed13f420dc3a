package io.portolan.check;

import java.util.Locale;
import java.util.StringJoiner;

/** A report as JSON (RFC 8259). */
final class ReportJson {

    private ReportJson() {}

    static String of(CheckReport report) {
        StringJoiner steps = new StringJoiner(",", "[", "]");
        report.steps().forEach(step -> steps.add(step(step)));
        return "{\"endpoint\":" + quoted(report.endpoint()) + ",\"healthy\":" + report.isHealthy() + ",\"steps\":"
                + steps + "}";
    }

    private static String step(CheckStep step) {
        StringJoiner members = new StringJoiner(",", "{", "}");
        members.add(member("name", step.name()));
        members.add(member("outcome", lower(step.outcome())));
        members.add(member("message", step.message()));
        step.diagnosis().ifPresent(found -> {
            members.add(member("code", found.code()));
            members.add(member("blame", lower(found.blame())));
            members.add(member("culprit", found.culprit()));
            members.add(member("advice", found.advice()));
        });
        return members.toString();
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String member(String name, String value) {
        return quoted(name) + ":" + quoted(value);
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c >= ' ' && c < 0x7f) {
                json.append(c);
            } else {
                json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            }
        }
        return json.append('"').toString();
    }
}
