export default "h-32"
