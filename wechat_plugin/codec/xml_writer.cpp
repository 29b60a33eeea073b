#include "codec/xml_writer.hpp"

#include <pugixml.hpp>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <utility>

namespace wechat::codec {
namespace {

struct Text : pugi::xml_writer {
    std::string text;
    void write(const void* data, std::size_t size) override
    {
        text.append(static_cast<const char*>(data), size);
    }
};

// The child of that name with that index among its siblings; those before it are made, too.
pugi::xml_node child_at(pugi::xml_node parent, const std::string& name, std::size_t index)
{
    const auto appended_if = [&](pugi::xml_node found) {
        return found ? found : parent.append_child(name.c_str());
    };
    auto child = appended_if(parent.child(name.c_str()));
    for (; index > 0; --index)
        child = appended_if(child.next_sibling(name.c_str()));
    return child;
}

pugi::xml_node node_at(pugi::xml_node node, std::string_view path)
{
    while (!path.empty()) {
        const auto step = path.substr(0, path.find('.'));
        path.remove_prefix(std::min(path.size(), step.size() + 1));
        const auto bracket = step.find('[');
        std::size_t index = 0;
        if (bracket != std::string_view::npos)
            std::from_chars(step.data() + bracket + 1, step.data() + step.size(), index);
        node = child_at(node, std::string{step.substr(0, bracket)}, index);
    }
    return node;
}

}  // namespace

XmlWriter::XmlWriter() : document_(std::make_unique<pugi::xml_document>())
{
    document_->append_child("xml");
}
XmlWriter::~XmlWriter() = default;

void XmlWriter::string(std::string_view path, std::string_view text)
{
    node_at(document_->document_element(), path)
        .append_child(pugi::node_cdata)
        .set_value(std::string{text}.c_str());
}

void XmlWriter::number(std::string_view path, std::string_view digits)
{
    node_at(document_->document_element(), path)
        .append_child(pugi::node_pcdata)
        .set_value(std::string{digits}.c_str());
}

std::string XmlWriter::written() const
{
    Text out;
    document_->save(out, "", pugi::format_raw | pugi::format_no_declaration, pugi::encoding_utf8);
    return std::move(out.text);
}

}  // namespace wechat::codec
