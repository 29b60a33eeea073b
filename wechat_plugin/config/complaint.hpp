/// What is wrong with a customer's file, and where.
#pragma once

#include <string>
#include <vector>

namespace wechat::config {

/// line, column   from 1; columns count characters (code points), a tab as one
/// code           what kind of fault, for machines:
///   file           the file cannot be read, or is no UTF-8, or too large
///   yaml           not YAML, or of YAML what is not used here: anchors, tags, a second document
///   duplicate_key, unknown_key, missing_key
///   bad_value      of the wrong type, out of range, or at odds with another key
///   secret         an environment variable or a file that should hold one
///   bad_text       a pattern that cannot be used, or a text that can become too long
///   conflict       two files with one name or one app_id
/// text           a sentence; never quotes what stands where a secret belongs
struct Complaint {
    std::string file = {};
    int line = 1;
    int column = 1;
    std::string code = {};
    std::string text = {};
    bool operator==(const Complaint&) const = default;
};

using Complaints = std::vector<Complaint>;

/// "harbour-bank.yaml:3:17: error: unknown key "tokn"; did you mean "token"?"
[[nodiscard]] std::string to_string(const Complaint& complaint);

}  // namespace wechat::config
