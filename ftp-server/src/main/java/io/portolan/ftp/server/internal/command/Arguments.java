package io.portolan.ftp.server.internal.command;

import io.portolan.ftp.FtpSyntaxException;
import java.util.ArrayList;
import java.util.List;

/** Reads the arguments of commands that take more than a path. Strict: what does not have its form is answered 501. */
final class Arguments {

    private static final int MAX_DIGITS = 19;

    private Arguments() {}

    /**
     * An unsigned number of digits only.
     *
     * @throws FtpSyntaxException if it has another form, or is larger than 2^63-1
     */
    static long number(String text) {
        if (!isDigits(text)) {
            throw new FtpSyntaxException("a number is expected");
        }
        String digits = text.replaceFirst("^0+(?=.)", "");
        if (digits.length() > MAX_DIGITS
                || digits.length() == MAX_DIGITS && digits.compareTo("" + Long.MAX_VALUE) > 0) {
            throw new FtpSyntaxException("the number is too large");
        }
        return Long.parseLong(digits);
    }

    static boolean isDigits(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** A number of permission bits in octal, 0 to 7777. */
    static int octal(String text) {
        if (text.isEmpty() || text.length() > 5 || !text.chars().allMatch(c -> c >= '0' && c <= '7')) {
            throw new FtpSyntaxException("an octal number up to 7777 is expected");
        }
        int bits = Integer.parseInt(text, 8);
        if (bits > 07777) {
            throw new FtpSyntaxException("an octal number up to 7777 is expected");
        }
        return bits;
    }

    /** The first word and what stands behind the one space after it, untouched; the second is empty if there is nothing. */
    static String[] headAndRest(String argument) {
        int space = argument.indexOf(' ');
        return space < 0
                ? new String[] {argument, ""}
                : new String[] {argument.substring(0, space), argument.substring(space + 1)};
    }

    /** Words separated by spaces; one in double quotes may hold spaces, and a quote as two of them. */
    static List<String> words(String argument) {
        List<String> words = new ArrayList<>();
        int at = 0;
        while (at < argument.length()) {
            if (argument.charAt(at) == ' ') {
                at++;
            } else if (argument.charAt(at) == '"') {
                StringBuilder word = new StringBuilder();
                at = quoted(argument, at + 1, word);
                words.add(word.toString());
            } else {
                int space = argument.indexOf(' ', at);
                int end = space < 0 ? argument.length() : space;
                words.add(argument.substring(at, end));
                at = end;
            }
        }
        return words;
    }

    /** Reads up to the closing quote; returns where it goes on behind it. */
    private static int quoted(String text, int from, StringBuilder word) {
        int at = from;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != '"') {
                word.append(c);
            } else if (at < text.length() && text.charAt(at) == '"') {
                word.append(c);
                at++;
            } else {
                return at;
            }
        }
        throw new FtpSyntaxException("the closing quote is missing");
    }
}
