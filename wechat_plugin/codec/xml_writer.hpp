/// XML as WeChat writes it: one root, strings in CDATA, numbers bare, one line.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace pugi {
class xml_document;
}

namespace wechat::codec {

/// Collects elements in the order in which they are added, then writes them. Texts are written as they are; `]]>` is split.
class XmlWriter {
public:
    XmlWriter();
    ~XmlWriter();

    /// path  as in Fields: "Image.MediaId", "Articles.item[1].Title"
    void string(std::string_view path, std::string_view text);
    void number(std::string_view path, std::string_view digits);
    [[nodiscard]] std::string written() const;

private:
    std::unique_ptr<pugi::xml_document> document_;
};

}  // namespace wechat::codec
