export default "h-[27rem]"
